namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose calls can be watched and changed.</summary>
        /// <typeparam name="TPreHook">What runs before a call and may change its arguments.</typeparam>
        /// <typeparam name="TPostHook">What runs after a call and may change its result.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            /// <summary>Runs before a call, by key.</summary>
            protected Dictionary<string, TPreHook> pre_hooks = [];

            /// <summary>Runs after a call, by key.</summary>
            protected Dictionary<string, TPostHook> post_hooks = [];

            /// <inheritdoc/>
            protected HookableModule(string name) : base(name) { }

            /// <summary>Runs this after each call.</summary>
            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = Guid.NewGuid().ToString();
                post_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Runs this before each call.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                var key = Guid.NewGuid().ToString();
                pre_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook away again.</summary>
            /// <param name="module">The module that has it.</param>
            /// <param name="key">Its key.</param>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                /// <summary>Takes the hook away.</summary>
                public void remove()
                {
                    module.pre_hooks.Remove(key);
                    module.post_hooks.Remove(key);
                }
            }
        }
    }
}
