"""The record of how a message was understood."""

from __future__ import annotations


class Decision:
    """Placeholder until the pipeline lands."""
