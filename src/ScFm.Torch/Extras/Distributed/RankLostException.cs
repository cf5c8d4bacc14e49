namespace ScFm.Torch.Extras.Distributed;

/// <summary>Another rank died, or did not answer within the timeout, while this one waited for it.</summary>
public sealed class RankLostException : IOException
{
    /// <summary>Says what was waited for, and why it cannot come.</summary>
    /// <param name="message">The sentence.</param>
    /// <param name="cause">The error that showed it. Default: none, the other rank said so itself.</param>
    public RankLostException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
