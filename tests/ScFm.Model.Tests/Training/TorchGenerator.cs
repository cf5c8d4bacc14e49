namespace ScFm.Model.Tests.Training;

/// <summary>Tests that draw from torch's one generator run alone, or they would take each other's numbers.</summary>
[CollectionDefinition(nameof(TorchGenerator), DisableParallelization = true)]
public sealed class TorchGenerator;
