"""What a region's enterprises are like, estimated from those that answered. docs/estimates.md."""
