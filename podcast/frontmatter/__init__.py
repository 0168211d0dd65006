"""Read and rewrite front matter, byte for byte: YAML, TOML and Pelican's lines."""
