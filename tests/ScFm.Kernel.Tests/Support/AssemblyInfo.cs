// The kernel processes of the tests would slow each other down, and some tests are about time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
