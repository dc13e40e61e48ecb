"""The register of published figures: what left the building, what it would show now, and what that means for it."""
