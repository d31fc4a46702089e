"""The regional table: provinces beside each other, from published figures, gaps shown as gaps."""
