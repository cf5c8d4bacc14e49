namespace ScFm.Kernel.Tests.Quickstart;

public sealed class RealCompositionTests(RealComposition notebook) : CompositionTests(notebook), IClassFixture<RealComposition>;
