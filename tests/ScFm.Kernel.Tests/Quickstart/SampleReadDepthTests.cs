namespace ScFm.Kernel.Tests.Quickstart;

public sealed class SampleReadDepthTests(SampleReadDepth notebook) : ReadDepthTests(notebook), IClassFixture<SampleReadDepth>;
