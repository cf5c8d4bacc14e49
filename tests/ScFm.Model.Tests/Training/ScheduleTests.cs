using ScFm.Model.Training;

namespace ScFm.Model.Tests.Training;

public sealed class ScheduleTests
{
    private static readonly TrainingOptions Options = new() { LearningRate = 0.01, WarmUpSteps = 10, FinalRate = 0.1 };

    [Theory]
    [InlineData(0, 0.001)] // a tenth of the warm-up is done
    [InlineData(4, 0.005)]
    [InlineData(9, 0.01)]
    [InlineData(10, 0.01)] // the top of the cosine
    [InlineData(60, 0.0055)] // its middle: half-way between the rate and a tenth of it
    [InlineData(35, 0.01 * (0.1 + 0.9 * 0.85355339059327378))] // a quarter: (1 + cos 45°) / 2
    [InlineData(110, 0.001)] // its end
    [InlineData(500, 0.001)] // beyond
    public void The_rate_is_that_of_the_closed_form(int step, double rate) =>
        Assert.Equal(rate, Schedule.LearningRate(Options, step, totalSteps: 110), 12);

    [Fact]
    public void A_final_share_of_one_keeps_the_rate_constant_after_the_warm_up() =>
        Assert.All(Enumerable.Range(10, 100), step => Assert.Equal(0.01, Schedule.LearningRate(Options with { FinalRate = 1 }, step, 110), 15));

    [Theory]
    [InlineData(10, 0.01)]
    [InlineData(35, 0.00775)] // a quarter of the way from 0.01 to 0.001
    [InlineData(110, 0.001)]
    public void On_a_line_the_rate_falls_evenly(int step, double rate) =>
        Assert.Equal(rate, Schedule.LearningRate(Options with { Decay = RateDecay.Linear }, step, totalSteps: 110), 12);

    [Theory]
    [InlineData(0, 0.01)]
    [InlineData(24, 0.01)] // the last step of the first epoch
    [InlineData(25, 0.005)]
    [InlineData(99, 0.00125)]
    public void The_rate_is_halved_after_every_epoch(int step, double rate) =>
        Assert.Equal(rate, Schedule.LearningRate(new() { LearningRate = 0.01, WarmUpSteps = 0, FinalRate = 0, Decay = RateDecay.Halving, Epochs = 4 }, step, totalSteps: 100), 12);

    [Fact]
    public void A_warm_up_longer_than_the_run_only_rises()
    {
        var rates = Enumerable.Range(0, 5).Select(step => Schedule.LearningRate(Options with { WarmUpSteps = 50 }, step, 5)).ToArray();
        Assert.Equal(rates.Order(), rates);
        Assert.Equal(0.01 * 5 / 50, rates[4], 12);
    }

    [Fact]
    public void Without_warm_up_the_first_step_has_the_whole_rate() =>
        Assert.Equal(0.01, Schedule.LearningRate(Options with { WarmUpSteps = 0 }, 0, 1), 15);
}
