// The tests share one broker, on which the services of one test would answer the console of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
