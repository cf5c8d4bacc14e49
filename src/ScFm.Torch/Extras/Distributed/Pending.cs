using System.Runtime.InteropServices;
using ScFm.Torch.Interop;

namespace ScFm.Torch.Extras.Distributed;

/// <summary>A collective under way. The tensors that it reads and writes are kept until it is done, whether or not anyone waits.</summary>
public sealed class Pending
{
    private readonly EngineHandle work;
    private readonly string what;

    internal Pending(EngineHandle work, string what)
    {
        this.work = work.Checked();
        this.what = what;
    }

    /// <summary>
    /// Waits until the results are there. With NCCL that is: until the current stream will see them, so that kernels started from now on may use them.
    /// Waiting again returns at once.
    /// </summary>
    /// <exception cref="RankLostException">Another rank died or did not come within the timeout.</exception>
    public void Wait()
    {
        if (work.IsClosed) return;
        try
        {
            NativeError.Check(NativeMethods.scfm_work_wait(work));
        }
        catch (ExternalException error)
        {
            throw new RankLostException($"{what} failed, because another rank ended or did not take part in time: {error.Message}", error);
        }
        work.Dispose();
    }
}
