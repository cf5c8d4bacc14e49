using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ScFm.Torch.Interop;

namespace ScFm.Torch.Extras.Distributed;

/// <summary>The store where ranks meet: rank 0 serves it, all put bytes there under names and take those of others. libtorch's TCPStore.</summary>
internal sealed class RankStore : IDisposable
{
    private const string Users = "user/"; // the engine has names of its own in the store
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly Rendezvous place;

    private RankStore(Rendezvous place, EngineHandle handle) => (this.place, Handle) = (place, handle);

    public EngineHandle Handle { get; }

    /// <summary>Serves the store as rank 0, or finds it as another.</summary>
    /// <exception cref="IOException">Rank 0 cannot listen on the port.</exception>
    /// <exception cref="TimeoutException">Rank 0 does not listen within the timeout.</exception>
    public static RankStore Open(Rendezvous place)
    {
        if (place.Rank == 0) RequirePort(place);
        else AwaitServer(place);
        var handle = NativeMethods.scfm_store_open(place.Host, place.Port, place.Rank == 0, (long)place.Timeout.TotalMilliseconds);
        try
        {
            return new(place, handle.Checked());
        }
        catch (ExternalException error)
        {
            throw new IOException($"The store of rank 0 at {place.Host}:{place.Port} could not be {(place.Rank == 0 ? "served" : "reached")}: {error.Message}", error);
        }
    }

    /// <summary>Announces this rank and waits for all others.</summary>
    /// <exception cref="TimeoutException">Some did not come; the message names them.</exception>
    /// <exception cref="InvalidOperationException">Another process is the same rank, or counts another number of ranks.</exception>
    public void MeetAll()
    {
        var missing = Enumerable.Range(0, place.WorldSize).ToList();
        try
        {
            if (place.Rank == 0) Write("size", BitConverter.GetBytes(place.WorldSize));
            else RequireSameSize();
            if (Count($"arrived/{place.Rank}") != 1)
                throw new InvalidOperationException($"Rank {place.Rank} arrived twice at {place.Host}:{place.Port}; expected each of {place.WorldSize} ranks once.");
            if (!Until(place.Timeout, () => missing.RemoveAll(rank => Has($"arrived/{rank}")) >= 0 && missing.Count == 0)) throw Missing(missing, null);
        }
        catch (RankLostException error) // rank 0 has given up before, and taken the store with it
        {
            throw Missing(missing, error);
        }
    }

    /// <summary>Puts bytes under a name, over those that are there.</summary>
    /// <exception cref="RankLostException">Rank 0 is gone.</exception>
    public void Put(string name, ReadOnlySpan<byte> bytes) => Write(Users + name, bytes);

    /// <summary>The bytes of a name, which stay there.</summary>
    /// <exception cref="TimeoutException">No rank put them within the timeout.</exception>
    /// <exception cref="RankLostException">Rank 0 is gone.</exception>
    public byte[] Take(string name, TimeSpan timeout) => Until(timeout, () => Has(Users + name)) ? Read(Users + name)
        : throw new TimeoutException($"No rank put '{name}' within {Seconds(timeout)}.");

    public void Dispose() => Handle.Dispose();

    private void RequireSameSize()
    {
        if (!Until(place.Timeout, () => Has("size"))) throw Missing([0], null);
        var size = BitConverter.ToInt32(Read("size"));
        if (size != place.WorldSize)
            throw new InvalidOperationException($"Rank {place.Rank} counts {place.WorldSize} ranks, but rank 0 counts {size}; expected the same number everywhere.");
    }

    /// <summary>Waits by looking again and again, so that nothing is left half read on the connection when the time is up.</summary>
    private static bool Until(TimeSpan timeout, Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed >= timeout) return false;
            Thread.Sleep(BetweenLooks);
        }
        return true;
    }

    /// <summary>libtorch would say the same in several lines, on the console. The port is taken and let go without listening on it: a rank that connected meanwhile would lose the connection.</summary>
    private static void RequirePort(Rendezvous place)
    {
        var address = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, place.Port));
        }
        catch (SocketException error)
        {
            throw new IOException($"Rank 0 cannot listen on {place.Host}:{place.Port}: {error.Message}; expected a free port.", error);
        }
    }

    private static void AwaitServer(Rendezvous place)
    {
        SocketException? last = null;
        using var end = new CancellationTokenSource(place.Timeout); // a machine that drops what it is sent would hold one try for minutes
        var listens = Until(place.Timeout, () =>
        {
            try
            {
                using var client = new TcpClient();
                client.ConnectAsync(place.Host, place.Port, end.Token).AsTask().GetAwaiter().GetResult();
                return true;
            }
            catch (SocketException error)
            {
                last = error;
                return false;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        });
        if (!listens) throw new TimeoutException($"Rank 0 did not arrive at {place.Host}:{place.Port} within {Seconds(place.Timeout)}: {last?.Message ?? "that machine does not answer"}", last);
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");

    private TimeoutException Missing(List<int> ranks, Exception? cause) => new(
        $"{(ranks.Count == 1 ? "Rank" : "Ranks")} {string.Join(", ", ranks)} of {place.WorldSize} did not arrive at {place.Host}:{place.Port} within {Seconds(place.Timeout)}.", cause);

    private void Write(string key, ReadOnlySpan<byte> bytes) => Answer(NativeMethods.scfm_store_put(Handle, key, bytes, bytes.Length));

    private unsafe byte[] Read(string key)
    {
        var count = Answer(NativeMethods.scfm_store_take(Handle, key, out var bytes));
        return new ReadOnlySpan<byte>((void*)bytes, (int)count).ToArray();
    }

    private long Count(string key) => Answer(NativeMethods.scfm_store_count(Handle, key));

    private bool Has(string key) => Answer(NativeMethods.scfm_store_has(Handle, key)) != 0;

    private long Answer(long answer)
    {
        try
        {
            NativeError.Check(answer < 0 ? -1 : 0);
            return answer;
        }
        catch (ExternalException error)
        {
            throw new RankLostException($"The store of rank 0 at {place.Host}:{place.Port} does not answer any more: {error.Message}", error);
        }
    }
}
