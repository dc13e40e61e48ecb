"""Single readers: comments, their themes, quotes, and responses as rows."""
