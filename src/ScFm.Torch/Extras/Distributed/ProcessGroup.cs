using System.Runtime.InteropServices;
using ScFm.Torch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Torch.Extras.Distributed;

/// <summary>
/// The ranks of a run, as one of them sees them: processes that compute the same program and exchange tensors. PyTorch's own engine (c10d) with Gloo on
/// processors and NCCL on cards.
/// </summary>
/// <remarks>
/// <para>Every rank calls the same collectives in the same order, with tensors of the same shape and type; one thread at a time.</para>
/// <para>Rank 0 serves the store that <see cref="Put"/> and <see cref="Take"/> use, so let it be disposed last: end with a <see cref="Barrier"/>.</para>
/// <para>Gloo connects the ranks over the interface that leads to rank 0's host; the environment's GLOO_SOCKET_IFNAME names others (separated by commas).</para>
/// </remarks>
/// <example><code>
/// using var group = ProcessGroup.Join(new Rendezvous(rank, size, "10.0.0.1", 29500, TimeSpan.FromMinutes(5)), CPU);
/// group.AllReduce(gradient).Wait(); // now the sum over all ranks
/// </code></example>
public sealed class ProcessGroup : IDisposable
{
    private const int Gloo = 1, Nccl = 2; // the bits of Through

    private static readonly int Through = NativeMethods.scfm_ranks_through();

    private readonly RankStore store;
    private readonly EngineHandle group;
    private readonly int card;
    private long bytesSent;

    private ProcessGroup(Rendezvous place, RankStore store, Device device)
    {
        (this.store, Rank, Size, Timeout) = (store, place.Rank, place.WorldSize, place.Timeout);
        Backend = HasNccl && device.type == DeviceType.CUDA ? Backend.Nccl : Backend.Gloo;
        card = Backend == Backend.Nccl ? Math.Max(device.index, 0) : -1;
        group = (Backend == Backend.Nccl ? ThroughNccl(place) : ThroughGloo(place)).Checked();
    }

    /// <summary>Whether this libtorch can join ranks. Where not, <see cref="Obstacle"/> says what is missing.</summary>
    public static bool IsAvailable => Through != 0;

    /// <summary>Whether tensors of cards go from card to card through NCCL.</summary>
    public static bool HasNccl => (Through & Nccl) != 0;

    /// <summary>One sentence on what is missing; null where ranks can be joined.</summary>
    public static string? Obstacle { get; } = Through != 0 ? null
        : "The native library was built without ranks: libtorch has no c10d, or the headers of Gloo were absent; on Debian: apt-get install libgloo-dev, and build again.";

    /// <summary>This process's number, 0 to below <see cref="Size"/>.</summary>
    public int Rank { get; }

    /// <summary>Number of ranks.</summary>
    public int Size { get; }

    /// <summary>How long the ranks wait for each other, <see cref="Rendezvous.Timeout"/>.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>What carries the tensors.</summary>
    public Backend Backend { get; }

    /// <summary>
    /// Bytes that this rank has to send for its collectives so far, if each went round a ring once: of n bytes, 2 n (R - 1) / R for a sum to all of R ranks,
    /// n for one to a root or from it (nothing by the last of the ring), n (R - 1) for gathering. It is the least that any algorithm sends, over all ranks.
    /// </summary>
    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>Meets the other ranks and connects to them; returns when all are there.</summary>
    /// <param name="place">Where, and which rank this is.</param>
    /// <param name="device">Where the tensors will be: NCCL for a card where libtorch has it, otherwise Gloo.</param>
    /// <exception cref="ArgumentException">A value of <paramref name="place"/> is out of range.</exception>
    /// <exception cref="NotSupportedException">This libtorch cannot join ranks; see <see cref="Obstacle"/>.</exception>
    /// <exception cref="IOException">Rank 0 cannot listen on the port, such as one in use; the message names host and port.</exception>
    /// <exception cref="TimeoutException">Some ranks did not come in time; the message names them.</exception>
    /// <exception cref="InvalidOperationException">Another process is the same rank, or counts another number of ranks.</exception>
    /// <exception cref="RankLostException">A rank that had come was lost while connecting.</exception>
    public static ProcessGroup Join(Rendezvous place, Device device)
    {
        place.Validate();
        if (Obstacle is { } reason) throw new NotSupportedException(reason);
        var store = RankStore.Open(place);
        ProcessGroup? joined = null;
        try
        {
            store.MeetAll();
            joined = new(place, store, device);
            joined.Barrier(); // only now has every rank read every other's address from the store
            return joined;
        }
        catch (Exception error)
        {
            joined?.Dispose();
            store.Dispose();
            if (error is ExternalException) throw new RankLostException($"Rank {place.Rank} could not connect to the others: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Sums a tensor over all ranks, into the tensor of each.</summary>
    public Pending AllReduce(Tensor inPlaceSum) => Start(
        $"Summing {Shape(inPlaceSum)} over {Size} ranks", NativeMethods.scfm_all_reduce(group, Checked(inPlaceSum)), 2 * Bytes(inPlaceSum) * (Size - 1) / Size);

    /// <summary>Sums a tensor over all ranks, into the tensor of one; those of the others hold anything afterwards.</summary>
    /// <param name="inPlaceSum">The tensor.</param>
    /// <param name="root">The rank that gets the sum.</param>
    public Pending Reduce(Tensor inPlaceSum, int root) => Start(
        $"Summing {Shape(inPlaceSum)} to rank {root}", NativeMethods.scfm_reduce(group, Checked(inPlaceSum), Checked(root)), Rank == root ? 0 : Bytes(inPlaceSum));

    /// <summary>Copies one rank's tensor into those of the others.</summary>
    /// <param name="inPlace">The tensor.</param>
    /// <param name="root">The rank whose tensor it is.</param>
    public Pending Broadcast(Tensor inPlace, int root) => Start(
        $"Sending {Shape(inPlace)} from rank {root}", NativeMethods.scfm_broadcast(group, Checked(inPlace), Checked(root)),
        (Rank + 1) % Size == root ? 0 : Bytes(inPlace));

    /// <summary>Copies every rank's tensor to all.</summary>
    /// <param name="own">This rank's tensor.</param>
    /// <param name="all">One tensor a rank of the shape and type of <paramref name="own"/>, which are written to.</param>
    public Pending AllGather(Tensor own, IReadOnlyList<Tensor> all)
    {
        if (all.Count != Size) throw new ArgumentException($"{all.Count} tensors were given to gather into; expected one a rank, {Size}.");
        foreach (var tensor in all) Checked(tensor);
        return Start($"Gathering {Shape(own)} from {Size} ranks", NativeMethods.scfm_all_gather(group, Checked(own), TensorHandles.Of(all), all.Count), Bytes(own) * (Size - 1));
    }

    /// <summary>Waits until every rank has come here and what was started before is done.</summary>
    /// <exception cref="RankLostException">Another rank died or did not come within the timeout.</exception>
    public void Barrier() => Start($"Waiting for {Size} ranks", NativeMethods.scfm_barrier(group, card), 0).Wait();

    /// <summary>Puts bytes into the store that all ranks see, over those of the same name.</summary>
    /// <exception cref="RankLostException">Rank 0, which serves the store, is gone.</exception>
    public void Put(string key, ReadOnlySpan<byte> bytes) => store.Put(key, bytes);

    /// <summary>The bytes that some rank put into the store, or puts there within the timeout; they stay.</summary>
    /// <exception cref="TimeoutException">None did.</exception>
    /// <exception cref="RankLostException">Rank 0, which serves the store, is gone.</exception>
    public byte[] Take(string key, TimeSpan timeout) => store.Take(key, timeout);

    /// <summary>Leaves the group. A collective that is under way is done first or fails, which takes the timeout at most.</summary>
    public void Dispose()
    {
        group.Dispose();
        store.Dispose();
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static long Bytes(Tensor tensor) => tensor.numel() * tensor.element_size();

    private static Tensor Checked(Tensor tensor) => tensor.is_contiguous() ? tensor
        : throw new ArgumentException($"A tensor {Shape(tensor)} of strides [{string.Join(", ", tensor.stride())}] was given to a collective; expected a contiguous one.");

    private int Checked(int root) => root >= 0 && root < Size ? root : throw new ArgumentOutOfRangeException(nameof(root), root, $"expected a rank, 0 to {Size - 1}");

    private EngineHandle ThroughNccl(Rendezvous place) => NativeMethods.scfm_group_nccl(store.Handle, Rank, Size, (long)place.Timeout.TotalMilliseconds);

    private EngineHandle ThroughGloo(Rendezvous place)
    {
        if ((Through & Gloo) == 0) throw new NotSupportedException("This libtorch joins ranks through NCCL only; expected the device to be a card.");
        var interfaces = Environment.GetEnvironmentVariable("GLOO_SOCKET_IFNAME");
        var areNamed = !string.IsNullOrEmpty(interfaces);
        return NativeMethods.scfm_group_gloo(
            store.Handle, Rank, Size, (long)place.Timeout.TotalMilliseconds, areNamed ? interfaces! : OwnAddress.Towards(place.Host, place.Port), areNamed);
    }

    private Pending Start(string what, EngineHandle work, long bytes)
    {
        try
        {
            var pending = new Pending(work, what);
            Interlocked.Add(ref bytesSent, bytes);
            return pending;
        }
        catch (ExternalException error) when (Backend == Backend.Nccl && !error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            // waiting for a collective of NCCL only orders streams, so that a lost rank shows when the next one begins
            throw new RankLostException($"{what} could not begin, as it does where another rank ended: {error.Message}", error);
        }
    }
}
