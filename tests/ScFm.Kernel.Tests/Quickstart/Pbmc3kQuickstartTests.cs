namespace ScFm.Kernel.Tests.Quickstart;

public sealed class Pbmc3kQuickstartTests(Pbmc3kQuickstart quickstart) : QuickstartTests(quickstart), IClassFixture<Pbmc3kQuickstart>;
