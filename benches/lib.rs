//! Nothing: the benchmarks of this package are its contents.
