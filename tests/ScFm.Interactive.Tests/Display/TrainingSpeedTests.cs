using ScFm.Interactive.Display;

namespace ScFm.Interactive.Tests.Display;

public sealed class TrainingSpeedTests
{
    [Fact]
    public void A_training_tells_cells_tokens_operations_and_its_share_of_the_peak() =>
        Assert.Equal("310 cells/s, 95,200 tokens/s, 0.104 TFLOP/s (43.5 % of peak)", TrainingSpeed.Of(310.2, 95_200, 1.04e11, 0.435));

    [Fact]
    public void Few_cells_have_decimals_and_what_is_not_counted_is_left_out() =>
        Assert.Equal("0.27 cells/s, 373 tokens/s", TrainingSpeed.Of(0.274, 373, double.NaN, double.NaN));
}
