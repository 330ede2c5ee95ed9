"""Hearing: whether somebody speaks, whether they are done, and what they said."""

from loguru import logger

logger.disable("pipecat")  # it logs what passes through it; our own logs hold no content
