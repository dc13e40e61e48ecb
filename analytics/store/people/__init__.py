"""Who may come in: accounts, sessions, passkeys and keys, who is sent what, and the log of what people looked at."""
