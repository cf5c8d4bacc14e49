using ScFm.Model.Launching;
using ScFm.Model.Training;
using ScFm.Torch.Extras.Distributed;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Launching;

public sealed class RankAgreementTests
{
    [Fact]
    public void Every_option_is_a_fact()
    {
        var facts = RankFact.Of(new TrainingOptions { LearningRate = 0.25 }).ToList();
        Assert.Contains(new RankFact("TrainingOptions.LearningRate", "0.25"), facts);
        Assert.Equal(typeof(TrainingOptions).GetProperties().Length, facts.Count);
        Assert.All(RankFact.OfThisProgram(), fact => Assert.NotEqual("", fact.Value));
    }

    [Fact]
    public void Ranks_that_say_the_same_agree_and_may_agree_again()
    {
        string?[] errors = Together(3, (group, rank) =>
        {
            RankAgreement.Require(group, [new("size", "64"), new("cells", "ab12")]);
            RankAgreement.Require(group, [new("size", "128")]);
        });
        Assert.All(errors, Assert.Null);
    }

    [Fact]
    public void A_rank_that_says_something_else_is_refused_by_all_with_the_first_difference()
    {
        string?[] errors = Together(3, (group, rank) => RankAgreement.Require(group, [new("size", "64"), new("cells", rank == 2 ? "cd34" : "ab12"), new("seed", $"{rank}")]));
        Assert.Equal("cells is 'ab12' on rank 0 and 'cd34' on rank 2; expected the same on all ranks.", RankAgreement.Difference([new("cells", "ab12")], 2, [new("cells", "cd34")]));
        Assert.All(errors, error => Assert.Equal("seed is '0' on rank 0 and '1' on rank 1; expected the same on all ranks.", error));
    }

    [Fact]
    public void Other_programs_are_refused()
    {
        RankFact[] two = [new("size", "64"), new("cells", "ab12")];
        Assert.Null(RankAgreement.Difference(two, 1, [.. two]));
        Assert.Equal("Rank 0 says 'cells' where rank 1 says 'genes'; expected the same program on all ranks.", RankAgreement.Difference(two, 1, [two[0], new("genes", "9")]));
        Assert.Equal("Rank 0 names 2 things to agree on and rank 1 1; expected the same program on all ranks.", RankAgreement.Difference(two, 1, [two[0]]));
    }

    [Fact]
    public void A_rank_that_cannot_answer_ends_all_and_they_may_ask_again()
    {
        string?[] errors = Together(3, (group, rank) =>
        {
            int Smallest(Func<int> own) => RankQuestions.Ask(group, own, all => all.Min());
            Assert.Equal(5, Smallest(() => 5 + rank));
            var error = Record.Exception(() => Smallest(() => rank == 2 ? throw new InvalidDataException("The cell is damaged.") : rank));
            Assert.Equal(0, Smallest(() => 2 - rank));
            throw new InvalidOperationException(error?.Message);
        });
        Assert.Equal((IEnumerable<string?>)["Rank 2 cannot go on: The cell is damaged.", "Rank 2 cannot go on: The cell is damaged.", "The cell is damaged."], errors);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_rank_that_leaves_without_an_answer_is_not_waited_for(int leaving)
    {
        string?[] errors = Together(3, (group, rank) =>
        {
            if (rank == leaving)
            {
                RankQuestions.SayGone(group);
                return;
            }
            var error = Assert.Throws<RankLostException>(() => RankAgreement.Require(group, [new("size", "64")]));
            throw error;
        });
        Assert.Equal((IEnumerable<string?>)[.. Enumerable.Range(0, 3).Select(rank => rank == leaving ? null : $"Rank {leaving} has ended.")], errors);
    }

    [Fact]
    public void A_rank_that_never_answers_is_named_to_all_after_the_timeout_of_the_group()
    {
        string?[] errors = Together(3, (group, rank) =>
        {
            if (rank != 1)
            {
                RankAgreement.Require(group, [new("size", "64")]);
            }
        }, seconds: 4);
        const string expected = "Rank 1 gave no answer within 4 s; all ranks ask each other the same, in the same order.";
        Assert.Equal((IEnumerable<string?>)[expected, null, expected], errors);
    }

    /// <summary>Ranks on threads of this process: what they say does not depend on where they run.</summary>
    private static string?[] Together(int count, Action<ProcessGroup, int> act, int seconds = 30)
    {
        if (ProcessGroup.Obstacle is { } reason)
        {
            Assert.Skip(reason);
        }
        var port = RankProcesses.FreePort();
        var errors = new string?[count];
        using var done = new Barrier(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            using var group = ProcessGroup.Join(new Rendezvous(rank, count, "127.0.0.1", port, TimeSpan.FromSeconds(seconds)), CPU);
            try
            {
                act(group, rank);
            }
            catch (Exception error) when (error is InvalidOperationException or TimeoutException or RankLostException)
            {
                errors[rank] = error.Message;
            }
            done.SignalAndWait(); // the store ends with rank 0
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return errors;
    }
}
