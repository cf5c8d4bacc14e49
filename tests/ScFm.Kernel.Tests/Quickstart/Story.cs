namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>Walks through the outputs of a notebook in their order.</summary>
internal sealed class Story(IEnumerable<CellOutput> outputs)
{
    private readonly Queue<CellOutput> left = new(outputs);

    /// <summary>Goes on to the next output of a kind.</summary>
    internal void Then(string what, Func<CellOutput, bool> isIt)
    {
        while (left.TryDequeue(out CellOutput? output))
        {
            if (isIt(output))
            {
                return;
            }
        }

        Assert.Fail($"No output is {what}, in this place of the story.");
    }

    internal static bool Mentions(string text, params string[] words) => words.All(word => text.Contains(word, StringComparison.Ordinal));
}
