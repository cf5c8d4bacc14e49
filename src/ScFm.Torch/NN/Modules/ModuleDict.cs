using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules by name, in the order in which they were added.</summary>
    /// <typeparam name="T">The type of the modules.</typeparam>
    public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)> where T : nn.Module
    {
        private readonly OrderedDictionary<string, T> modulesByName = [];

        /// <summary>Without modules yet.</summary>
        public ModuleDict() : base(nameof(ModuleDict<T>)) { }

        /// <summary>The module of this name.</summary>
        public T this[string key] => modulesByName[key];

        /// <summary>The number of modules.</summary>
        public int Count => modulesByName.Count;

        /// <summary>The names.</summary>
        public ICollection<string> Keys => modulesByName.Keys;

        /// <summary>The modules.</summary>
        public ICollection<T> Values => modulesByName.Values;

        /// <summary>Adds a module.</summary>
        public void Add(string key, T value)
        {
            register_module(key, value);
            modulesByName.Add(key, value);
        }

        /// <summary>Adds a module.</summary>
        public void Add((string, T) item) => Add(item.Item1, item.Item2);

        /// <summary>Whether there is a module of this name.</summary>
        public bool ContainsKey(string key) => modulesByName.ContainsKey(key);

        /// <summary>The module of this name, if there is one.</summary>
        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => modulesByName.TryGetValue(key, out value);

        /// <inheritdoc/>
        public IEnumerator<(string, T)> GetEnumerator() => modulesByName.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <inheritdoc/>
        protected override void RegisterComponents() { }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules by name.</summary>
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            /// <summary>Modules by name.</summary>
            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dictionary = new ModuleDict<T>();
                foreach (var module in modules) dictionary.Add(module);
                return dictionary;
            }
        }
    }
}
