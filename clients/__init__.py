"""The cellar that talks to the world. Values in, values out; only ``http`` opens a connection."""
