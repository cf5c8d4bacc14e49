using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Layers one after another, named "0", "1", ... unless said.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> layers = [];

        internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> submodule)> modules) : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules) append(name, module);
        }

        /// <summary>The number of layers.</summary>
        public int Count => layers.Count;

        /// <summary>A layer by its position.</summary>
        public nn.IModule<Tensor, Tensor> this[int index] => layers[index];

        /// <summary>Adds a layer at the end.</summary>
        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            var layer = (nn.Module<Tensor, Tensor>)module;
            register_module(name, layer);
            layers.Add(layer);
            return this;
        }

        /// <inheritdoc cref="append(string, nn.IModule{Tensor, Tensor})"/>
        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(layers.Count.ToString(), module);

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor)
        {
            if (layers.Count == 0) return tensor.alias();
            var current = layers[0].call(tensor);
            foreach (var layer in layers.Skip(1))
            {
                var next = layer.call(current);
                // What lies between two layers belongs to nobody else.
                if (!ReferenceEquals(next, current)) current.Dispose();
                current = next;
            }

            return current;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Layers one after another, none yet.</summary>
            public static Sequential Sequential() => new([]);

            /// <summary>Named layers one after another.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            /// <summary>Layers one after another, named "0", "1", ...</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            /// <summary>Named layers one after another.</summary>
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules);

            /// <summary>Layers one after another, named "0", "1", ...</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.Select((module, i) => (i.ToString(), module)));
        }
    }
}
