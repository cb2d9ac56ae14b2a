"""How Andock looks: tokens, layouts, components, icons, tile map. Knows no domain model."""
