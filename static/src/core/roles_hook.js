import { onMounted, onWillUnmount } from "@odoo/owl";
import { user } from "@web/core/user";

const EVERY_MS = 5 * 60 * 1000;
const ROLES = ["reviewer", "manager", "auditor"].map((role) => `ai_bookkeeper.ai_bookkeeper_group_${role}`);

/**
 * Calls `read` once the screen is there, and every five minutes, for people with a role of the addon. Nobody waits for
 * it, and a notice that cannot be read is no reason to stop somebody's work.
 *
 * @param {() => Promise<void>} read
 */
export function useReadNowAndThen(read) {
    let timer;
    const readQuietly = () => read().catch(() => {});
    onMounted(async () => {
        const roles = await Promise.all(ROLES.map((role) => user.hasGroup(role)));
        if (roles.some(Boolean)) {
            timer = setInterval(() => document.hidden || readQuietly(), EVERY_MS);
            await readQuietly();
        }
    });
    onWillUnmount(() => clearInterval(timer));
    return readQuietly;
}
