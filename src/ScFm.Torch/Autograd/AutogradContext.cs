namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function's forward leaves for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private Tensor?[] saved = [];

            internal AutogradContext() { }

            /// <summary>Whether gradients that are absent arrive as zeros (the default) or as null.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors for the backward.</summary>
            public void save_for_backward(List<Tensor> tensors)
            {
                ReleaseSaved();
                saved = [.. tensors.Select(tensor => tensor is null || tensor.IsInvalid ? null : tensor.alias().DetachFromDisposeScope())];
            }

            /// <summary>The tensors kept, under new handles.</summary>
            public List<Tensor> get_saved_variables() => [.. saved.Select(tensor => tensor?.alias()!)];

            /// <summary>Keeps what is no tensor.</summary>
            public void save_data(string key, object value) => data[key] = value;

            /// <summary>What was kept under this key, or null.</summary>
            public object? get_data(string key) => data.GetValueOrDefault(key);

            /// <summary>Whether gradients that are absent arrive as zeros.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>Releases the tensors kept.</summary>
            public void Dispose()
            {
                ReleaseSaved();
                GC.SuppressFinalize(this);
            }

            private void ReleaseSaved()
            {
                foreach (var tensor in saved) tensor?.Dispose();
                saved = [];
            }
        }
    }
}
