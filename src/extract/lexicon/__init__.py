"""Everything known about the world, as data: vocabulary, gazetteer, and rules with their examples."""
