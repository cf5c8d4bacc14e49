using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace ScFm.Model.Tests.Training;

/// <summary>The loop on a task that can be worked out by hand.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class TrainerTests
{
    private static readonly TrainingOptions Plain = new() { Epochs = 1, BatchSize = 4, WarmUpSteps = 0, FinalRate = 1, ClipNorm = 0, Patience = 0, LearningRate = 0.05 };

    [Fact]
    public void A_line_is_found()
    {
        using var scope = torch.NewDisposeScope();
        var task = new LineTask(32);
        var run = Trainer.Run(task, Plain with { Epochs = 150 });
        Assert.Equal((TrainingEnd.Finished, 150 * 8), (run.End, run.Steps));
        Assert.InRange(task.Line.Slope, 2.98f, 3.02f);
        Assert.InRange(task.Line.Intercept, 0.98f, 1.02f);
    }

    [Fact]
    public void The_first_step_is_that_of_AdamW_and_accumulated_batches_make_the_step_of_one_large_batch()
    {
        using var scope = torch.NewDisposeScope();
        // Adam's first step is the learning rate, against the sign of the gradient
        var large = new LineTask(10);
        var first = Trainer.Run(large, Plain with { BatchSize = 10 });
        Assert.Equal(0.05f, large.Line.Slope, 5);
        Assert.Equal(0.05f, large.Line.Intercept, 5);
        // the loss before it, by hand: the mean of (3 x + 1)² over x = 0, 0.1 ... 0.9
        Assert.Equal(Enumerable.Range(0, 10).Average(i => Math.Pow(0.3 * i + 1, 2)), first.Losses[0], 5);

        var parts = new LineTask(10); // 4 + 4 + 2 cells: the last weighs half as much
        var run = Trainer.Run(parts, Plain with { BatchSize = 4, Accumulation = 3 });
        Assert.Equal(1, run.Steps);
        Assert.Equal(first.Losses[0], run.Losses[0], 5);
    }

    [Fact]
    public void Weights_decay_by_the_rate_times_the_decay_apart_from_the_gradient()
    {
        using var scope = torch.NewDisposeScope();
        var (free, decayed) = (new LineTask(8), new LineTask(8));
        var options = Plain with { BatchSize = 8, Epochs = 2 };
        Trainer.Run(free, options);
        Trainer.Run(decayed, options with { WeightDecay = 0.5 });
        // after step 1 both stand at 0.05; step 2 first shrinks the decayed one by 1 - 0.05 x 0.5, then adds almost the same step
        Assert.Equal(0.05 * 0.05 * 0.5, free.Line.Slope - decayed.Line.Slope, 5);
    }

    [Fact]
    public void Gradients_are_clipped_to_the_norm_and_left_below_it()
    {
        using var scope = torch.NewDisposeScope();
        var gradients = new List<double>();
        double NormAfter(double clip)
        {
            var task = new LineTask(8);
            Trainer.Run(task, Plain with { BatchSize = 8, ClipNorm = clip });
            return Math.Sqrt(task.Module.parameters().Sum(p => p.grad!.square().sum().item<float>()));
        }
        // gradient at zero by hand: -2 mean(x y), -2 mean(y) with y = 3 x + 1
        var xs = Enumerable.Range(0, 8).Select(i => i / 8.0).ToArray();
        var whole = Math.Sqrt(Math.Pow(2 * xs.Average(x => x * (3 * x + 1)), 2) + Math.Pow(2 * xs.Average(x => 3 * x + 1), 2));
        Assert.Equal(whole, NormAfter(0), 4);
        Assert.Equal(0.5, NormAfter(0.5), 4);
        Assert.Equal(whole, NormAfter(whole + 1), 4);
    }

    [Fact]
    public void Each_value_of_a_gradient_is_clipped_where_that_is_asked()
    {
        using var scope = torch.NewDisposeScope();
        var task = new LineTask(8);
        Trainer.Run(task, Plain with { BatchSize = 8, ClipValue = 0.25 });
        Assert.All(task.Module.parameters(), parameter => Assert.Equal(-0.25f, parameter.grad!.item<float>())); // both are below -1
    }

    [Fact]
    public void Training_stops_when_the_held_out_loss_no_longer_falls_and_the_best_weights_are_returned()
    {
        using var scope = torch.NewDisposeScope();
        double[] losses = [5, 3, 4, 2, 2.5, 2, 3, 1];
        var task = new LineTask(8, i => losses[i]);
        var run = Trainer.Run(task, Plain with { Epochs = 8, Patience = 3 });
        Assert.Equal(TrainingEnd.StoppedEarly, run.End);
        Assert.Equal(losses[..7], run.Validations.Select(v => v.Loss));
        Assert.Equal(2, run.BestValidation);
        Assert.Equal(task.Validated[3], task.Line);
        Assert.NotEqual(task.Validated[6], task.Line);
        Assert.False(task.Module.training);
    }

    [Fact]
    public void Without_patience_all_epochs_are_run_and_the_last_weights_stay()
    {
        using var scope = torch.NewDisposeScope();
        var task = new LineTask(8, i => i);
        var run = Trainer.Run(task, Plain with { Epochs = 6 });
        Assert.Equal((TrainingEnd.Finished, 6), (run.End, run.Validations.Count));
        Assert.Equal(task.Validated[5], task.Line);
    }

    [Theory]
    [InlineData(30, 30, 10)]
    [InlineData(5, 6, 2)]
    public void Few_cells_are_gone_over_until_the_least_steps_are_done_and_validated_as_often_as_there_are_epochs(int least, int steps, int apart)
    {
        var run = Trainer.Run(new LineTask(8), Plain with { Epochs = 3, LeastSteps = least });
        Assert.Equal(steps, run.Steps);
        Assert.Equal([apart, 2 * apart, 3 * apart], run.Validations.Select(validation => validation.Step));
        Assert.Equal(4, Trainer.Run(new LineTask(8), Plain with { Steps = 4, LeastSteps = least }).Steps);
    }

    [Fact]
    public void Cancellation_ends_the_run_at_the_next_step_with_a_module_that_can_be_used_and_trained_on()
    {
        using var scope = torch.NewDisposeScope();
        var task = new LineTask(32);
        using var stop = new CancellationTokenSource();
        var steps = new List<int>();
        var run = Trainer.Run(task, Plain with { Epochs = 100 }, progress: new Told(p => { steps.Add(p.Step); if (p.Step == 5) { stop.Cancel(); } }), cancellation: stop.Token);
        Assert.Equal((TrainingEnd.Interrupted, 5), (run.End, run.Steps));
        Assert.Equal([1, 2, 3, 4, 5], steps);
        Assert.False(task.Module.training);
        Assert.True(float.IsFinite(task.Loss([0, 1], 0).Loss.item<float>()));
        Assert.Equal(TrainingEnd.Finished, Trainer.Run(task, Plain).End);
    }

    [Fact]
    public void A_validation_that_was_cancelled_is_not_told_with_the_loss_of_an_earlier_one()
    {
        using var scope = torch.NewDisposeScope();
        using var stop = new CancellationTokenSource();
        var told = new List<(int Step, double Loss)>();
        Trainer.Run(new LineTask(32, i => 7 - i), Plain with { Epochs = 2, ValidateEvery = 4 }, cancellation: stop.Token, progress: new Told(p =>
        {
            told.Add((p.Step, p.ValidationLoss));
            if (p.Step == 8)
            {
                stop.Cancel();
            }
        }));
        Assert.Equal([(4, 7.0)], told.Where(t => !double.IsNaN(t.Loss)));
    }

    [Fact]
    public void A_run_that_is_cancelled_before_it_starts_makes_no_step()
    {
        using var scope = torch.NewDisposeScope();
        var task = new LineTask(8);
        var run = Trainer.Run(task, Plain, cancellation: new CancellationToken(canceled: true));
        Assert.Equal((TrainingEnd.Interrupted, 0, (0f, 0f)), (run.End, run.Steps, task.Line));
    }

    [Fact]
    public void An_error_in_a_step_leaves_the_last_checkpoint_from_which_the_run_goes_on()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("line.safetensors");
        var options = Plain with { Epochs = 3, CheckpointEvery = 2 };
        var expected = new LineTask(32);
        var whole = Trainer.Run(expected, options);

        var failing = new Told(p => { if (p.Step == 9) { throw new OutOfMemoryException("as libtorch says"); } });
        Assert.Throws<OutOfMemoryException>(() => Trainer.Run(new LineTask(32), options, checkpoint, failing));
        var task = new LineTask(32);
        var first = 0;
        var run = Trainer.Run(task, options, checkpoint, new Told(p => first = first == 0 ? p.Step : first));
        Assert.Equal(8, first); // the validation that was due after step 8, where the checkpoint was written, comes before step 9
        Assert.Equal(whole.Losses, run.Losses);
        Assert.Equal(expected.Line, task.Line);
    }

    [Fact]
    public void Batches_larger_than_any_number_of_cells_make_one_step_and_too_many_steps_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(1, Trainer.Run(new LineTask(8), Plain with { BatchSize = 65_536, Accumulation = 65_536 }).Steps);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Run(new LineTask(30_000), Plain with { BatchSize = 1, Epochs = 100_000 }));
        Assert.StartsWith("100000 epochs of 30000 steps are 3000000000 steps; expected at most 2147483647", error.Message);
    }

    [Fact]
    public void A_run_that_diverges_ends_with_a_sentence_and_leaves_the_checkpoint_from_before()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("line.safetensors");
        var task = new LineTask(32);
        var options = Plain with { CheckpointEvery = 2 };
        var breaking = new Told(p =>
        {
            if (p.Step == 3)
            {
                using var _ = torch.no_grad();
                ((Linear)task.Module).bias!.fill_(float.NaN);
            }
        });
        var error = Assert.Throws<ArithmeticException>(() => Trainer.Run(task, options, checkpoint, breaking));
        Assert.Equal("The loss of step 4 is NaN; expected a finite number: lower the learning rate, 0.05.", error.Message);
        Assert.Equal(TrainingEnd.Finished, Trainer.Run(new LineTask(32), options, checkpoint).End);

        var heldOut = Assert.Throws<ArithmeticException>(() => Trainer.Run(new LineTask(8, _ => double.PositiveInfinity), Plain));
        Assert.StartsWith("The held-out loss after step 2 is Infinity; expected a finite number", heldOut.Message);
    }

    [Fact]
    public void Where_the_held_out_loss_may_overflow_it_ends_no_run_and_patience_begins_with_the_first_finite_one()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("line.safetensors");
        double[] losses = [double.NaN, double.PositiveInfinity, double.NaN, double.NegativeInfinity, 5, double.NaN, 4, double.NaN, 6];
        double[] kept = [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 5, double.PositiveInfinity, 4, double.PositiveInfinity, 6];
        var options = Plain with { Epochs = 20, Patience = 2, ValidateEvery = 1 };
        LineTask Task(int from = 0) => new(8, i => losses[from + i]) { HeldOutMayOverflow = true };

        var whole = Task();
        var run = Trainer.Run(whole, options);
        Assert.Equal(TrainingEnd.StoppedEarly, run.End);
        Assert.Equal(kept, run.Validations.Select(validation => validation.Loss));
        Assert.Equal(4, run.BestValidation);
        Assert.Equal(whole.Validated[6], whole.Line);

        using var stop = new CancellationTokenSource();
        var stopped = Trainer.Run(Task(), options, checkpoint, new Told(p => { if (p.Step == 3) { stop.Cancel(); } }), stop.Token);
        Assert.Equal(TrainingEnd.Interrupted, stopped.End);
        var resumed = Trainer.Run(Task(stopped.Validations.Count), options, checkpoint);
        Assert.Equal(kept, resumed.Validations.Select(validation => validation.Loss));
        Assert.Equal((run.End, run.Steps), (resumed.End, resumed.Steps));
    }

    [Fact]
    public void Patience_begins_when_the_task_has_settled_and_the_best_weights_may_be_older()
    {
        using var scope = torch.NewDisposeScope();
        double[] losses = [3, 4, 5, 6, 7, 6, 5, 4];
        var options = Plain with { Epochs = 20, Patience = 2, ValidateEvery = 1 };
        var task = new LineTask(8, i => losses[i]) { StepsToSettle = 6 };

        var run = Trainer.Run(task, options);

        Assert.Equal((TrainingEnd.StoppedEarly, 7), (run.End, run.Steps));
        Assert.Equal(task.Validated[0], task.Line);
        Assert.Equal(3, Trainer.Run(new LineTask(8, i => losses[i]), options).Steps);
    }

    [Fact]
    public void A_step_that_finds_no_memory_ends_the_run_and_keeps_what_was_learnt_before()
    {
        using var scope = torch.NewDisposeScope();
        var (failing, shorter) = (new LineTask(32) { OutOfMemoryAt = 3 }, new LineTask(32));
        var run = Trainer.Run(failing, Plain with { Patience = 0, ValidateEvery = 1000 });
        Assert.Equal((TrainingEnd.Failed, 2), (run.End, run.Steps));
        Assert.Contains("memory", run.Failure, StringComparison.OrdinalIgnoreCase);

        using var stop = new CancellationTokenSource();
        Trainer.Run(shorter, Plain with { Patience = 0, ValidateEvery = 1000 }, progress: new Told(p => { if (p.Step == 2) { stop.Cancel(); } }), cancellation: stop.Token);
        Assert.Equal(shorter.Line, failing.Line);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Trainer.Run(new LineTask(32) { OutOfMemoryAt = 1 }, Plain));
    }

    [Fact]
    public void A_run_of_a_number_of_steps_ends_within_an_epoch_and_its_schedule_with_it()
    {
        using var scope = torch.NewDisposeScope();
        var rates = new LineTask(32);
        var run = Trainer.Run(rates, Plain with { Steps = 11 });
        Assert.Equal((TrainingEnd.Finished, 11), (run.End, run.Steps));
        Assert.Equal(11, run.Validations[^1].Step);
    }

    [Fact]
    public void A_frozen_parameter_stays_and_a_module_of_such_is_an_error()
    {
        using var scope = torch.NewDisposeScope();
        var task = new LineTask(8);
        ((Linear)task.Module).bias!.requires_grad = false;
        Trainer.Run(task, Plain with { Epochs = 5, WeightDecay = 0.5 });
        Assert.Equal(0, task.Line.Intercept);
        Assert.True(task.Line.Slope > 0);
        ((Linear)task.Module).weight!.requires_grad = false;
        Assert.Equal("All parameters are frozen; expected at least one that is trained.", Assert.Throws<ArgumentException>(() => Trainer.Run(task, Plain)).Message);
    }

    [Fact]
    public void No_cells_is_an_error() =>
        Assert.Equal("There are 0 training cells; expected at least one.", Assert.Throws<ArgumentException>(() => Trainer.Run(new LineTask(0), Plain)).Message);
}
