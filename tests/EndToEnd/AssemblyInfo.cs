using PhoneMasking.EndToEnd.Product;

// One product for all tests: starting it costs more than most of them, and they break its parts in turn.
[assembly: AssemblyFixture(typeof(ProductSystem))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
