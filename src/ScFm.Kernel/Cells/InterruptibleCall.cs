using System.Runtime;

namespace ScFm.Kernel.Cells;

/// <summary>Waits for a cell's code in such a way that the user can end even a loop that never asks for the cancellation token.</summary>
internal static class InterruptibleCall
{
    /// <summary>Runs the code on this thread and waits for its task.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="force"/> fired and the thread was taken out of the code.</exception>
    internal static T Run<T>(Func<Task<T>> code, CancellationToken force)
    {
        if (!force.CanBeCanceled)
        {
            return code().GetAwaiter().GetResult();
        }

        T result = default!;
#pragma warning disable SYSLIB0046 // Made for tools that run a user's code and must survive it; used only when the user insists.
        ControlledExecution.Run(() => result = code().GetAwaiter().GetResult(), force);
#pragma warning restore SYSLIB0046
        return result;
    }
}
