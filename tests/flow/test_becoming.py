"""Her becoming over the page's calls, on a home that has lived for some weeks."""

from __future__ import annotations

from someone import bootstrap, settings
from someone.parts import Text
from someone.testing.brains import ScriptedBrain
from someone.testing.page import served, wake
from tests.e2e.a_life import live
from tests.flow.test_web import _plain_key, home, let_in  # noqa: F401


async def test_days_self_and_nights_are_answered_with_what_is_behind_them(home):  # noqa: F811
    """The view comes as one answer; every cause in it names moments that the home can show; dreams untold stay untold."""
    await wake(home)
    await live(home, days=30)
    async with served(home) as page, let_in(page) as client:
        view = (await client.get("/api/becoming?days=14")).json()
        assert len(view["days"]) == 14
        assert {s["aspect"] for s in view["statements"]} == {"am", "want", "fear", "learned"}
        causes = sorted({i for d in view["days"] for f in d["felt"] for i in f["cause"]})
        behind = (await client.get("/api/becoming/behind", params={"ids": ",".join(map(str, causes))})).json()
        assert [m["id"] for m in behind] == causes
        assert {m["who"] for m in behind} == {"you"}
        assert view["dreams_untold"] + len(view["dreams"]) == 3
        newest, before = (await client.get("/api/nights?limit=2")).json()
        assert newest["night"] > before["night"]


async def test_what_can_not_be_read_is_refused_in_words(home):  # noqa: F811
    """Nonsense for a number is answered with what to do, and no night before the first gives an empty list."""
    await wake(home)
    async with served(home) as page, let_in(page) as client:
        for path in (
            "becoming?days=x",
            "becoming?days=0",
            "becoming/behind?ids=1,x",
            "becoming/behind",
            "nights?limit=0",
        ):
            answer = await client.get(f"/api/{path}")
            assert (answer.status_code, bool(answer.json()["do"])) == (400, True)
        assert (await client.get("/api/nights")).json() == []
        assert (await client.get("/api/becoming/behind?ids=999")).json() == []


async def test_what_was_forgotten_is_in_no_view(home):  # noqa: F811
    """Forgetting a moment takes the feelings and statements that rested on it out of the view."""
    await wake(home)
    await live(home, days=20)
    async with served(home) as page, let_in(page) as client:
        before = (await client.get("/api/becoming?days=40")).json()
        wish = before["statements"][0]
        await client.post("/api/memory/forget", json={"ids": wish["evidence"]})
        after = (await client.get("/api/becoming?days=40")).json()
        assert wish["id"] in {s["id"] for s in before["statements"]} - {s["id"] for s in after["statements"]}
        gone = set(wish["evidence"])
        assert not [f for d in after["days"] for f in d["felt"] if gone & set(f["cause"])]


async def test_a_dream_is_seen_once_it_was_asked_for(home):  # noqa: F811
    """The last dream is only counted; asked for in the talk it is told, and from then on it stands in the view."""
    await wake(home)
    await live(home, days=15)
    her = await bootstrap.open_home(home, settings.load(key="file", embedder="none"), brain=ScriptedBrain(["."]))
    try:
        before = await her.becoming(30)
        said = "".join([part.text async for part in her.turn("What did you dream?", "test") if isinstance(part, Text)])
        after = await her.becoming(30)
    finally:
        await her.aclose()
    assert (before.dreams_untold, after.dreams_untold) == (1, 0)
    (dream,) = [d for d in after.dreams if d not in before.dreams]
    assert dream.text in said
