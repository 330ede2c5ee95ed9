// Keeps the shell, so that an installed page opens and can say that she is not running. Nothing of anyone is kept here:
// calls and talk never pass through the cache.
const SHELL = "shell-3";
const FILES = [
  "/", "/style.css", "/main.js", "/door.js", "/line.js", "/microphone.js", "/microphone-worklet.js", "/resampler.js", "/voice.js",
  "/voice-worklet.js", "/webrtc.js", "/presence.js", "/moods.js", "/transcript.js", "/wakening.js", "/talk.js", "/troubles.js", "/timings.js",
  "/memory.js", "/make.js", "/calendar.js", "/people-map.js", "/memory.css", "/evidence.js",
  "/becoming.js", "/plots.js", "/telling.js", "/morning.js", "/becoming.css",
  "/manifest.webmanifest", "/icons/someone.svg", "/icons/someone-192.png", "/icons/someone-512.png", "/icons/someone-512-full.png",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !FILES.includes(url.pathname)) return;
  event.respondWith((async () => {
    const cache = await caches.open(SHELL);
    try {
      const fresh = await fetch(event.request);
      if (fresh.ok) await cache.put(url.pathname, fresh.clone());
      return fresh;
    } catch (error) {
      const kept = await cache.match(url.pathname);
      if (kept) return kept;
      throw error;
    }
  })());
});
