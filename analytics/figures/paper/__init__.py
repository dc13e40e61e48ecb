"""How a drawing leaves the screen: fonts, pictures, the poster around it."""
