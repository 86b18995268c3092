package sim

// SecondSeed is that of the second set of seeds that a search of Staff looks at.
func SecondSeed(seed uint64) uint64 { return mix(seed, ^uint64(secondSeeds)) }
