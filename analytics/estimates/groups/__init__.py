"""Groups side by side: banners, segments, tables, and which groups answered differently."""
