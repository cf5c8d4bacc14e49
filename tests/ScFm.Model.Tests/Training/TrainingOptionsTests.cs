using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Training;

/// <summary>An option out of its range is named with what was found and what is allowed.</summary>
public sealed class TrainingOptionsTests
{
    private static readonly TrainingOptions Good = new();

    public static TheoryData<object, string> Wrong => new()
    {
        { Good with { Epochs = 0 }, "Epochs is 0; expected 1 to 100000." },
        { Good with { BatchSize = -1 }, "BatchSize is -1; expected 1 to 65536." },
        { Good with { Accumulation = 0 }, "Accumulation is 0; expected 1 to 65536." },
        { Good with { LearningRate = 0 }, "LearningRate is 0; expected 1E-09 to 10." },
        { Good with { LearningRate = double.NaN }, "LearningRate is NaN; expected 1E-09 to 10." },
        { Good with { LearningRate = double.PositiveInfinity }, "LearningRate is Infinity; expected 1E-09 to 10." },
        { Good with { WeightDecay = -0.4 }, "WeightDecay is -0.4; expected 0 to 10." },
        { Good with { WarmUpSteps = -1 }, "WarmUpSteps is -1; expected 0 to 2147483647." },
        { Good with { FinalRate = 1.4 }, "FinalRate is 1.4; expected 0 to 1." },
        { Good with { FinalRate = double.NaN }, "FinalRate is NaN; expected 0 to 1." },
        { Good with { ClipNorm = -1 }, "ClipNorm is -1; expected 0 to 1.7976931348623157E+308." },
        { Good with { ValidateEvery = -1 }, "ValidateEvery is -1; expected 0 to 2147483647." },
        { Good with { Patience = -1 }, "Patience is -1; expected 0 to 2147483647." },
        { Good with { CheckpointEvery = 0 }, "CheckpointEvery is 0; expected 1 to 2147483647." },
        { new ReadDepthOptions { MaskedExpressed = 1.2 }, "MaskedExpressed is 1.2; expected 0 to 1." },
        { new ReadDepthOptions { ThinnedShare = -0.3 }, "ThinnedShare is -0.3; expected 0 to 1." },
        { new ReadDepthOptions { RateShape = 0 }, "RateShape is 0; expected 0.001 to 1000." },
        { new PretrainingOptions { HeldOutShare = 1 }, "HeldOutShare is 1; expected 0.001 to 0.9." },
        { new EnhancementOptions { Folds = 0 }, "Folds is 0; expected 1 to 100." },
        { new ScFoundationConfig { Genes = 10, Dropout = 1 }, "Dropout is 1; expected 0 to 0.99." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_named(object options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Options.Validate(options)).Message);

    [Fact]
    public void The_ends_of_a_range_are_allowed() =>
        Options.Validate(Good with { FinalRate = 0, WeightDecay = 10, LearningRate = 10, ClipNorm = 0, Epochs = 1 });

    [Fact]
    public void Heads_that_do_not_divide_the_width_are_named() =>
        Assert.Equal("EncoderHeads is 5; expected a divisor of EncoderWidth, 64.",
            Assert.Throws<ArgumentException>(() => new ScFoundationConfig { Genes = 3, EncoderWidth = 64, EncoderHeads = 5 }.Validated()).Message);

    [Fact]
    public void A_run_checks_its_options_before_it_changes_anything() =>
        Assert.Equal("Epochs is 0; expected 1 to 100000.", Assert.Throws<ArgumentException>(() => Trainer.Run(new LineTask(4), Good with { Epochs = 0 })).Message);
}
