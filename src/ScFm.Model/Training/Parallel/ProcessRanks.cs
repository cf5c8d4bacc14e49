using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ScFm.Torch.Extras.Distributed;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The processes of a group.</summary>
/// <param name="group">The group.</param>
/// <param name="options">How they train together.</param>
/// <param name="cancellation">This process's wish to end; it ends the run of all.</param>
internal sealed class ProcessRanks(ProcessGroup group, RankOptions options, CancellationToken cancellation) : IRanks
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10); // for a reason that is in the store already
    private static readonly JsonSerializerOptions format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private Device device = CPU;

    /// <summary>What kind of failure the others are told of.</summary>
    private enum Failure
    {
        None,
        Libtorch,
        Other,
    }

    public int Count => group.Size;

    public int Rank => group.Rank;

    public bool IsStopped { get; private set; }

    public int[] ShareOf(int[] batch, int fewest) => BatchShare.Of(batch, Rank, Count, fewest);

    public double[] Sum(params double[] own) => Sum(own, null);

    /// <summary>Sums numbers over all ranks, and tells them that this one cannot go on.</summary>
    /// <param name="own">The numbers.</param>
    /// <param name="failure">What happened here; null where all is well.</param>
    /// <exception cref="Exception"><paramref name="failure"/>, where it is not null.</exception>
    /// <exception cref="ExternalException">Another rank failed in libtorch, such as for lack of memory.</exception>
    /// <exception cref="InvalidOperationException">Another rank failed otherwise.</exception>
    public double[] Sum(double[] own, Exception? failure)
    {
        var kind = failure switch { null => Failure.None, ExternalException => Failure.Libtorch, _ => Failure.Other };
        if (failure is not null)
        {
            group.Put(Reason(Rank), Encoding.UTF8.GetBytes(failure.Message));
        }
        using var scope = NewDisposeScope();
        var failures = new double[Count];
        failures[Rank] = (double)kind;
        var all = tensor([.. own, cancellation.IsCancellationRequested ? 1 : 0, .. failures]).to(device);
        group.AllReduce(all).Wait();
        var sums = all.cpu().data<double>().ToArray();
        IsStopped |= sums[own.Length] > 0;
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        ThrowWhereFailed(sums.AsSpan(own.Length + 1));
        return sums[..own.Length];
    }

    public T OfFirst<T>(Func<T> said)
    {
        var (own, text, failure) = (default(T)!, Array.Empty<byte>(), default(Exception));
        if (Rank == 0)
        {
            try
            {
                own = said();
                text = JsonSerializer.SerializeToUtf8Bytes(own, format);
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
        var length = (long)Sum([text.Length], failure)[0];
        using var scope = NewDisposeScope();
        var sent = Rank == 0 ? tensor(text) : empty(length, ScalarType.Byte);
        Spread([sent]);
        return Rank == 0 ? own : JsonSerializer.Deserialize<T>(sent.data<byte>().ToArray(), format)!;
    }

    public void Spread(IEnumerable<Tensor> tensors, int root = 0)
    {
        var all = tensors.Where(tensor => tensor.numel() > 0).ToArray();
        var plan = BucketPlan.Of([.. all.Select(FlatTensors.Bytes)], [.. all.Select(tensor => tensor.dtype)], options.BucketBytes);
        Spread(plan.Select(places => (places.Select(i => all[i]).ToArray(), root)));
    }

    /// <summary>Copies tensors of several ranks into those of the others, two messages at a time.</summary>
    /// <param name="messages">What is sent together, tensors of one type, and by whom.</param>
    public void Spread(IEnumerable<(Tensor[] Parts, int Root)> messages)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var arrive = () => { };
        foreach (var (parts, root) in messages)
        {
            var flat = root == Rank ? FlatTensors.Join(parts).to(device) : empty(parts.Sum(part => part.numel()), parts[0].dtype, device);
            var pending = group.Broadcast(flat, root);
            arrive();
            arrive = () =>
            {
                pending.Wait();
                foreach (var (part, value) in root == Rank ? [] : parts.Zip(FlatTensors.Split(flat, parts)))
                {
                    part.copy_(value);
                }
                flat.Dispose();
            };
        }
        arrive();
    }

    public IReplica Replica(nn.Module module, IReadOnlyList<Parameter> trained)
    {
        device = trained[0].device;
        return new ProcessReplica(this, group, options, module, trained);
    }

    private static string Reason(int rank) => $"training/failure/{rank}";

    private void ThrowWhereFailed(ReadOnlySpan<double> failures)
    {
        for (var rank = 0; rank < failures.Length; rank++)
        {
            if ((Failure)failures[rank] is not Failure.None and var kind)
            {
                var message = $"Rank {rank} cannot go on: {Encoding.UTF8.GetString(group.Take(Reason(rank), patience))}";
                throw kind == Failure.Libtorch ? new ExternalException(message) : new InvalidOperationException(message);
            }
        }
    }
}
