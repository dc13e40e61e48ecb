"""The kinds of figures: each makes its numbers, draws them, and knows each number again."""
