"""The phrases themselves, one module per room that they are for."""
