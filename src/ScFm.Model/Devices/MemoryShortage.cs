namespace ScFm.Model.Devices;

/// <summary>Tells errors for lack of memory from others: libtorch has no type of its own for them.</summary>
public static class MemoryShortage
{
    private static readonly string[] words = ["allocate memory", "out of memory"]; // of the processor's allocator, and of a card's

    /// <summary>True where memory was asked for that is not there.</summary>
    public static bool Is(Exception error) => error is OutOfMemoryException || words.Any(word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
