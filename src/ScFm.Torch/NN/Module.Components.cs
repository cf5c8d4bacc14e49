using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters with their names, each once even when several parts share it.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr> { IntPtr.Zero };
                foreach (var (name, parameter) in ownParameters)
                    if (seen.Add(parameter.handle)) yield return (name, parameter);
                if (!recurse) yield break;
                foreach (var (part, module) in submodules)
                    foreach (var (name, parameter) in module.named_parameters())
                        if (seen.Add(parameter.handle)) yield return ($"{part}.{name}", parameter);
            }

            /// <summary>The parameters, each once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(named => named.parameter);

            /// <summary>The buffers with their names, each once.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr> { IntPtr.Zero };
                foreach (var (name, (tensor, persistent)) in ownBuffers)
                    if ((persistent || include_nonpersistent) && seen.Add(tensor.handle)) yield return (name, tensor);
                if (!recurse) yield break;
                foreach (var (part, module) in submodules)
                    foreach (var (name, tensor) in module.named_buffers(true, include_nonpersistent))
                        if (seen.Add(tensor.handle)) yield return ($"{part}.{name}", tensor);
            }

            /// <summary>The buffers, each once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(named => named.buffer);

            /// <summary>The parts with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => submodules.Select(pair => (pair.Key, pair.Value));

            /// <summary>The parts.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(named => named.module);

            /// <summary>The parts, and their parts, with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (part, child) in named_children())
                    foreach (var (name, module) in child.named_modules()) yield return ($"{part}.{name}", module);
            }

            /// <summary>The parts, and their parts.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.module);

            /// <summary>Whether there is a parameter of this name, with points for parts.</summary>
            public virtual bool has_parameter(string target) => named_parameters().Any(named => named.name == target);

            /// <summary>The parameter of this name, with points for parts.</summary>
            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(named => named.name == target).parameter;

            /// <summary>Whether there is a buffer of this name, with points for parts.</summary>
            public virtual bool has_buffer(string target) => named_buffers().Any(named => named.name == target);

            /// <summary>The buffer of this name, with points for parts.</summary>
            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(named => named.name == target).buffer;
        }
    }
}
