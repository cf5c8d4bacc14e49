namespace ScFm.Kernel.Tests.Quickstart;

public sealed class SampleCompositionTests(SampleComposition notebook) : CompositionTests(notebook), IClassFixture<SampleComposition>;
