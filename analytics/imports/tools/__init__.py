"""The survey tools: each module knows one tool: its export by the first rows, its webhook by an event."""
