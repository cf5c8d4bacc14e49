namespace ScFm.Kernel.Tests.Quickstart;

public sealed class SampleQuickstartTests(SampleQuickstart quickstart) : QuickstartTests(quickstart), IClassFixture<SampleQuickstart>;
