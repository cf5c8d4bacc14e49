namespace ScFm.Kernel.Tests.Quickstart;

public sealed class RealReadDepthTests(RealReadDepth notebook) : ReadDepthTests(notebook), IClassFixture<RealReadDepth>;
