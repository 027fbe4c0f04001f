-- A copy of the database reaches nothing that the original is connected to.

-- deactivate connections: they name another database, and have no credentials any more
UPDATE sync_connection
   SET state = 'broken',
       trouble = 'copied',
       reason = 'This is a neutralized copy: its credentials were removed. Connect again to use it here.',
       armed_uuid = NULL,
       armed_url = NULL
 WHERE state IN ('connected', 'paused', 'broken');

-- a copy takes nothing that is meant for the original: neither webhooks, nor mails, nor files of a watched folder
UPDATE sync_connection
   SET hook_digest = NULL,
       hook_old_digest = NULL,
       hook_old_until = NULL,
       hook_made_at = NULL,
       watch_folder = NULL;
UPDATE mail_alias
   SET alias_name = NULL
 WHERE id IN (SELECT alias_id FROM sync_connection WHERE alias_id IS NOT NULL);

-- deactivate webhooks
UPDATE sync_webhook
   SET active = false;

-- remove secrets and credentials
DELETE FROM sync_secret;

-- cancel what was still to be sent or read
UPDATE sync_job
   SET state = 'cancelled',
       reason = 'neutralized',
       finished_at = now() AT TIME ZONE 'UTC',
       fence = COALESCE(fence, 0) + 1,
       worker = NULL,
       lease_until = NULL
 WHERE state NOT IN ('done', 'cancelled');

-- deactivate scheduled actions
UPDATE ir_cron
   SET active = false
 WHERE id IN (
       SELECT res_id
         FROM ir_model_data
        WHERE model = 'ir.cron'
          AND module = 'ai_bookkeeper'
);

-- the head of a copy's audit log leaves it for no place where the original's is kept
DELETE FROM ir_config_parameter
 WHERE key IN ('ai_bookkeeper.anchor_mail', 'ai_bookkeeper.anchor_url', 'ai_bookkeeper.anchor_directory');
