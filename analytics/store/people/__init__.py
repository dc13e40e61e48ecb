"""Who may come in: accounts, sessions, passkeys and keys, and the log of what people looked at."""
