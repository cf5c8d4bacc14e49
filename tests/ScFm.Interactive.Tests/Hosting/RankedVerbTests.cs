using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;

namespace ScFm.Interactive.Tests.Hosting;

/// <summary>How many ranks a machine is let start: decided by facts, so that it needs no card.</summary>
public sealed class RankedVerbTests
{
    [Theory]
    [InlineData("cuda")]
    [InlineData("best")]
    [InlineData(null)]
    public void More_ranks_than_cards_are_refused(string? device)
    {
        var error = Assert.Throws<VerbException>(() => RankedVerb.RequireCards(8, device, cards: 2));
        Assert.Equal("--devices is 8 and this machine has 2 CUDA devices; expected at most 2, or --device cpu.", error.Message);
    }

    [Theory]
    [InlineData(2, "cuda", 2)] // a card for each
    [InlineData(8, "cpu", 2)] // no card is wanted
    [InlineData(8, null, null)] // there are none: cores are shared out
    public void Ranks_that_have_something_to_compute_on_are_let_start(int devices, string? device, int? cards) => RankedVerb.RequireCards(devices, device, cards);
}
