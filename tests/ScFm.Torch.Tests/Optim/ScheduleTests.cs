using static TorchSharp.torch.optim;

namespace ScFm.Torch.Tests.Optim;

public sealed class ScheduleTests
{
    private static double[] Rates(Func<Optimizer, lr_scheduler.LRScheduler> make, int steps, double lr = 1)
    {
        using var p = Parameter(zeros(1));
        using var optimizer = SGD([p], lr);
        var schedule = make(optimizer);
        List<double> rates = [];
        for (var i = 0; i < steps; i++)
        {
            rates.Add(optimizer.ParamGroups.First().LearningRate);
            Assert.Equal(rates[^1], schedule.get_last_lr().First());
            schedule.step();
        }

        return [.. rates];
    }

    private static void Near(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        foreach (var (e, f) in expected.Zip(found)) Assert.Equal(e, f, 12);
    }

    [Fact]
    public void Schedules_follow_their_formulas()
    {
        Near([1, 1, 0.5, 0.5, 0.25], Rates(o => lr_scheduler.StepLR(o, 2, 0.5), 5));
        Near([1, 0.1, 0.1, 0.01], Rates(o => lr_scheduler.MultiStepLR(o, [1, 3]), 4));
        Near([2, 1, 0.5], Rates(o => lr_scheduler.ExponentialLR(o, 0.5), 3, lr: 2));
        Near([0, 0.5, 1, 1.5], Rates(o => lr_scheduler.LambdaLR(o, step => step * 0.5), 4));
        Near([0.5, 0.75, 1, 1], Rates(o => lr_scheduler.LinearLR(o, 0.5, 1, 2), 4));
        Near([1, 0.25, 0, 0], Rates(o => lr_scheduler.PolynomialLR(o, 2, 2), 4));
        Near([1, (1 + Math.Sqrt(0.5)) / 2, 0.5, (1 - Math.Sqrt(0.5)) / 2, 0], Rates(o => lr_scheduler.CosineAnnealingLR(o, 4), 5));
    }

    [Fact]
    public void Warm_up_is_followed_by_a_cosine() =>
        Near([0.5, 0.75, 1, 0.5, 0], Rates(o => lr_scheduler.SequentialLR(o, [lr_scheduler.LinearLR(o, 0.5, 1, 2), lr_scheduler.CosineAnnealingLR(o, 2)], [2]), 5));

    [Fact]
    public void One_cycle_goes_up_and_down_again()
    {
        using var p = Parameter(zeros(1));
        using var optimizer = AdamW([p]);
        var schedule = lr_scheduler.OneCycleLR(optimizer, 1.0, total_steps: 10, pct_start: 0.3);
        List<double> rates = [schedule.get_last_lr().First()];
        for (var i = 0; i < 9; i++)
        {
            schedule.step();
            rates.Add(schedule.get_last_lr().First());
        }

        Assert.Equal(0.04, rates[0], 12);
        Assert.Equal(1, rates[2], 12);
        Assert.Equal(0.04 / 1e4, rates[9], 12);
        Assert.Equal(0.95, ((IBetas)optimizer).Betas.Item1, 12);
        Assert.True(rates[1] > rates[0] && rates[5] < rates[2]);
    }

    [Fact]
    public void A_plateau_lowers_the_rate_after_the_patience()
    {
        using var p = Parameter(zeros(1));
        using var optimizer = SGD([p], 1.0);
        var schedule = lr_scheduler.ReduceLROnPlateau(optimizer, patience: 2, factor: 0.5);
        foreach (var loss in new[] { 3.0, 2, 2, 2 }) schedule.step(loss);
        Assert.Equal(1.0, optimizer.ParamGroups.First().LearningRate);
        schedule.step(2.0);
        Assert.Equal(0.5, optimizer.ParamGroups.First().LearningRate);
        Assert.Throws<InvalidOperationException>(() => schedule.step());
    }
}
