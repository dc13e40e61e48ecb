"""The survey tools: each module knows one tool's export by its first rows."""
