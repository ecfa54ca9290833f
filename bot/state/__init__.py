"""What a server remembers between messages and restarts: conversations, handled updates, feedback, open questions."""
