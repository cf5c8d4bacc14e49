namespace ScFm.Torch.Extras.Distributed;

/// <summary>Another rank died, or did not answer within the timeout, while this one waited for it.</summary>
public sealed class RankLostException : IOException
{
    /// <summary>Says what was waited for, and why it cannot come.</summary>
    /// <param name="message">The sentence.</param>
    /// <param name="cause">What told of it. Default: the other rank did.</param>
    public RankLostException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
