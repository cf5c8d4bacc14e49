using ScFm.Torch.Extras;

namespace ScFm.Model.Training;

/// <summary>Sums gradients over ranks while the backward pass still computes others.</summary>
/// <remarks>Every rank sends the same buckets in the same order, whether its pass made gradients early, late or not at all.</remarks>
internal sealed class GradientExchange : IDisposable
{
    private const int OnTheWay = 4; // sharded buckets that may be sent before the first of them has to have arrived: their memory is to be let go while the pass goes on

    private readonly GradientBucket[] buckets;
    private readonly GradientHook[] hooks;
    private bool isLastPass;
    private int sent;

    /// <summary>Makes the exchange.</summary>
    /// <param name="buckets">The buckets, in the order in which they are sent.</param>
    public GradientExchange(GradientBucket[] buckets)
    {
        this.buckets = buckets;
        hooks = [.. buckets.SelectMany(bucket => bucket.Parameters.Select(parameter => GradientHook.After(parameter, () => Arrive(bucket))))];
    }

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        (isLastPass, sent) = (false, 0);
        Array.ForEach(buckets, bucket => bucket.Expect());
    }

    /// <summary>Sends each bucket as soon as the coming backward pass has filled it and those before it are sent.</summary>
    public void ExpectLastPass() => isLastPass = true;

    /// <summary>Sends what is left and waits until all sums are there.</summary>
    public void Complete()
    {
        isLastPass = false;
        while (sent < buckets.Length)
        {
            Send();
        }
        Array.ForEach(buckets, bucket => bucket.Receive());
    }

    /// <summary>Completes a step that this rank cannot take: what is left is sent as zeros, for which its gradients make room, so that the others are not kept waiting.</summary>
    public void Abandon()
    {
        foreach (var parameter in buckets[sent..].SelectMany(bucket => bucket.Parameters))
        {
            parameter.grad = null;
        }
        Complete();
    }

    public void Dispose()
    {
        Array.ForEach(hooks, hook => hook.Dispose());
        Array.ForEach(buckets, bucket => bucket.Dispose());
    }

    private void Arrive(GradientBucket bucket)
    {
        if (!isLastPass)
        {
            return;
        }
        bucket.Arrive();
        while (sent < buckets.Length && buckets[sent].IsComplete)
        {
            Send();
        }
    }

    private void Send()
    {
        buckets[sent].Send();
        sent++; // only now: a bucket that found no memory is still to be sent, as the others wait for it
        if (sent > OnTheWay && buckets[sent - OnTheWay - 1] is { IsSharded: true } first)
        {
            first.Receive();
        }
    }
}
