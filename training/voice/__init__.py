"""The embedded brain's voice: data, rendering, LoRA training, the GGUF adapter. See README.md."""
